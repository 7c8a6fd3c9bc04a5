"""Reading and checking the catalogue: YAML files of policy content, and nothing but data in them."""
