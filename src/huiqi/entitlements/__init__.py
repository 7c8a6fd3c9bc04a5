"""From the facts of one enterprise to what it is due: results, the best lawful plan, and how to say both."""
