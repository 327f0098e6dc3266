from changemakers.models.changemaker import Changemaker, Choice
from changemakers.models.practice import Practice, PracticeStage, last_stages

__all__ = ["Changemaker", "Choice", "Practice", "PracticeStage", "last_stages"]
