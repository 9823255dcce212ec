"""The eight papers, as content from which a page, a PDF and a Word document are made."""
