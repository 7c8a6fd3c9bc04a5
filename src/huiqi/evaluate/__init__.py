"""What a rule comes to for one enterprise on one day: verdict, amount, reasons, and what to ask next."""
