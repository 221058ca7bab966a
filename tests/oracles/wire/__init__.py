"""Requests and answers as AWS's own SDK writes and reads them."""
