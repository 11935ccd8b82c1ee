"""The head of rule files that tests write."""

#: What stands above the quantities; `review_by` comes after it.
HEAD = """
id        = "nl.proef"
title     = "Proef"
says      = "A rule for a test."
kind      = "law"
law       = "Proefwet"
"""
