"""The eight papers, as content that a page, a PDF and a Word document are made of."""
