"""The address directory: read an official list, write a searchable file beside the builds."""
