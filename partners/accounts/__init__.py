"""How people prove who they are: django-allauth, and what it does differently here.

`adapters` and `forms` are named in the settings, `urls` puts our `views` before allauth's own.
"""
