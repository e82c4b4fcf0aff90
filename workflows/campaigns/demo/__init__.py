"""The demo: a campaign played through the services that people use, with an explicit clock."""
