"""The result sheets, one file each, in the order in which they stand in the workbook.

Every module has ``add(page)``, which writes its sheet into ``page.book``.
"""
