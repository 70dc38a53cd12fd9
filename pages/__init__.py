"""What is asked: the screens of the app and its addresses."""
