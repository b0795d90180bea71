"""The demo: an office of five units, its plan around today, and a scripted morning."""
