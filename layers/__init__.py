"""What is on the map: read, check, join, index. Pure data; knows no web, no HTML, no folium."""
