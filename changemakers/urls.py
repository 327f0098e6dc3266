from django.urls import path

app_name = "changemakers"
urlpatterns = []
