"""The emotions that people named in the labelled texts, as shares of the sixteen moods.

GoEmotions' labels (Demszky et al. 2020) for English and KOTE's (Jeon et al. 2022) for Korean. Which mood of music goes
with a named emotion is our own judgement; labels that say nothing of music are left out.
"""

from collections.abc import Mapping

Shares = Mapping[str, float]

GOEMOTIONS: Mapping[str, Shares] = {
    "admiration": {"triumphant": 0.5, "hopeful": 0.5},
    "amusement": {"playful": 0.7, "happy": 0.3},
    "anger": {"angry": 1.0},
    "annoyance": {"angry": 0.6, "tense": 0.4},
    "caring": {"romantic": 0.5, "peaceful": 0.5},
    "curiosity": {"mysterious": 1.0},
    "desire": {"romantic": 0.6, "hopeful": 0.4},
    "disappointment": {"sad": 0.6, "melancholic": 0.4},
    "disgust": {"scary": 0.5, "angry": 0.5},
    "embarrassment": {"lonely": 0.5, "tense": 0.5},
    "excitement": {"energetic": 0.6, "happy": 0.4},
    "fear": {"scary": 0.7, "tense": 0.3},
    "gratitude": {"happy": 0.4, "peaceful": 0.3, "hopeful": 0.3},
    "grief": {"sad": 0.7, "lonely": 0.3},
    "joy": {"happy": 0.8, "playful": 0.2},
    "love": {"romantic": 1.0},
    "nervousness": {"tense": 0.8, "scary": 0.2},
    "optimism": {"hopeful": 1.0},
    "pride": {"triumphant": 1.0},
    "relief": {"peaceful": 1.0},
    "remorse": {"melancholic": 0.6, "sad": 0.4},
    "sadness": {"sad": 0.7, "melancholic": 0.3},
    "surprise": {"playful": 0.5, "energetic": 0.5},
}
KOTE: Mapping[str, Shares] = {
    "환영/호의": {"happy": 1.0},
    "감동/감탄": {"hopeful": 0.5, "romantic": 0.3, "triumphant": 0.2},
    "고마움": {"happy": 0.4, "peaceful": 0.3, "hopeful": 0.3},
    "슬픔": {"sad": 0.7, "melancholic": 0.3},
    "화남/분노": {"angry": 1.0},
    "존경": {"triumphant": 0.6, "hopeful": 0.4},
    "기대감": {"hopeful": 1.0},
    "안타까움/실망": {"melancholic": 0.6, "sad": 0.4},
    "비장함": {"triumphant": 0.6, "tense": 0.4},
    "의심/불신": {"tense": 0.6, "mysterious": 0.4},
    "뿌듯함": {"triumphant": 1.0},
    "편안/쾌적": {"peaceful": 1.0},
    "신기함/관심": {"mysterious": 1.0},
    "아껴주는": {"romantic": 0.6, "peaceful": 0.4},
    "공포/무서움": {"scary": 0.8, "tense": 0.2},
    "절망": {"sad": 0.6, "lonely": 0.4},
    "역겨움/징그러움": {"scary": 0.5, "angry": 0.5},
    "짜증": {"angry": 1.0},
    "패배/자기혐오": {"lonely": 0.5, "sad": 0.5},
    "힘듦/지침": {"melancholic": 0.6, "lonely": 0.4},
    "즐거움/신남": {"playful": 0.5, "energetic": 0.5},
    "죄책감": {"melancholic": 0.6, "sad": 0.4},
    "증오/혐오": {"angry": 1.0},
    "흐뭇함(귀여움/예쁨)": {"playful": 0.5, "happy": 0.5},
    "경악": {"scary": 0.6, "tense": 0.4},
    "서러움": {"sad": 0.6, "lonely": 0.4},
    "불쌍함/연민": {"sad": 0.5, "melancholic": 0.5},
    "놀람": {"energetic": 0.5, "playful": 0.5},
    "행복": {"happy": 1.0},
    "불안/걱정": {"tense": 0.8, "scary": 0.2},
    "기쁨": {"happy": 0.8, "playful": 0.2},
    "안심/신뢰": {"peaceful": 0.6, "hopeful": 0.4},
}
