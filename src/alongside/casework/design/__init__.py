"""How pages look: the GOV.UK Design System without crown and GDS font, layouts, forms. No domain words."""
