"""Twelve agencies in one meeting typing at once: nothing is lost, and nothing is there twice."""



