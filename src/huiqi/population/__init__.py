"""Made-up populations: enterprises, households and persons as a district has them, none of them real."""
