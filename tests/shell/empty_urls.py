urlpatterns: list = []  # a site before any page exists
