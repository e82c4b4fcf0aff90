from django.urls import path

from .views.acting import act
from .views.batch import batch
from .views.extending import extensions
from .views.keeping import columns, export
from .views.listing import tasks
from .views.quota import plan_recommendations
from .views.versions import version
from .views.work import task

urlpatterns = [
    path("tasks/", tasks, name="tasks"),
    path("tasks/batch/", batch, name="tasks_batch"),
    path("tasks/columns/", columns, name="tasks_columns"),
    path("tasks/export/", export, name="tasks_export"),
    path("tasks/extensions/", extensions, name="extensions"),
    path("tasks/<int:pk>/", task, name="task"),
    path("tasks/<int:pk>/versions/<int:number>/", version, name="task_version"),
    path("tasks/<int:pk>/<slug:code>/", act, name="task_act"),
    path("plans/<int:pk>/recommendations/", plan_recommendations, name="plan_recommendations"),
]
