"""The map in other pages: how a frame shows it, and the code that puts it there."""
