"""Multi-agency risk management: concerns that add up, a case with one lead."""
