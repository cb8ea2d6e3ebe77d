"""The builds in PostgreSQL + PostGIS: written by `publish`, read by the service.

The embedded index answers faster as long as one machine holds everything; a database lets any
number of machines serve the same build, none of which keeps anything on its disk.
"""
