"""政策影响: two versions of a policy over the same enterprises; who gains, who loses, and what it costs."""
