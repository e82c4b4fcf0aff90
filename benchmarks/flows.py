"""The cycle as a stock viewflow process: every step a View, its owner the only one who may take it."""

from __future__ import annotations

from typing import Any

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.flow.views import CreateProcessView, UpdateProcessView

from .models import TaskProcess


class TaskFlow(flow.Flow):
    process_class = TaskProcess

    start = flow.Start(CreateProcessView.as_view(fields=["period"])).Next(this.receive)
    receive = flow.View(UpdateProcessView.as_view(fields=[])).Assign(this.to_liaison).Next(this.submit)
    submit = flow.View(UpdateProcessView.as_view(fields=["version"])).Assign(this.to_liaison).Next(this.head)
    head = flow.View(UpdateProcessView.as_view(fields=[])).Assign(this.to_head).Next(this.office)
    office = flow.View(UpdateProcessView.as_view(fields=[])).Assign(this.to_clerk).Next(this.archive)
    archive = flow.Function(this.put_away).Next(this.end)
    end = flow.End()

    def to_liaison(self, activation: Any) -> Any:
        return activation.process.liaison

    def to_head(self, activation: Any) -> Any:
        return activation.process.head

    def to_clerk(self, activation: Any) -> Any:
        return activation.process.clerk

    def put_away(self, activation: Any) -> None:
        activation.process.archived = True
