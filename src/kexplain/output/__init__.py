"""How a report or an explanation is shown. It gets finished values and decides nothing about them."""
