"""Procedures as the portal reads them: the definitions of the catalogue, and the days they are counted on."""
