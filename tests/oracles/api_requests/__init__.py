"""The requests that AWS gets for the resources of a template, and what its published shapes say of them."""
