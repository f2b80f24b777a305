"""Words that the generator says in English and pages show, collected so that the catalogues have them.

What is kept in the database and in files stays English; a page says `{% translate mood.name %}`, which finds it here.
A test holds this list to the generator's own.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

MOODS = (
    _("happy"), _("Bright, light-footed, smiling."), _("playful"), _("Skipping and teasing."), _("energetic"),
    _("Fast, driving, ready to run."), _("triumphant"), _("Proud, wide and victorious."), _("hopeful"),
    _("Looking up, slowly opening."), _("tense"), _("Held breath, something is coming."), _("scary"),
    _("Dark, low and uneasy."), _("angry"), _("Hard, fast and unforgiving."), _("mysterious"),
    _("Half-lit, asking questions."), _("sad"), _("Heavy-hearted and slow."), _("melancholic"),
    _("Wistful, sorrow with some warmth."), _("lonely"), _("One voice in an empty room."), _("peaceful"),
    _("Still water, an easy breath."), _("dreamy"), _("Floating, soft at the edges."), _("romantic"),
    _("Warm and close."), _("nostalgic"), _("A fond look back."),
)  # fmt: skip
"""generator.mood: names and sentences."""

STYLES = (
    _("solo"), _("The melody alone."), _("piano"), _("Two hands at one piano."), _("acoustic"),
    _("Guitars, a bass and brushes around a table."), _("strings"), _("A string quartet that has grown."),
    _("cinematic"), _("Strings, brass and timpani, from a whisper to a blaze."), _("ambient"),
    _("Pads and bells in a wide room."), _("lo-fi"), _("An electric piano, a lazy beat, a rainy window."),
    _("music box"), _("A music box and its spring."), _("chiptune"), _("Three square waves and a noise channel."),
    _("hip-hop beat"), _("Drums, a deep bass and few keys."), _("folk band"),
    _("Fiddle tunes with accordion, guitar and a stamping foot."), _("suspense"),
    _("A low hum, trembling strings, something below."),
)  # fmt: skip
"""generator.styles: names and sentences."""

PARTS = (
    _("Accordion"), _("Accordion, chords"), _("Acoustic bass"), _("Bassoon"), _("Beat"), _("Brass"), _("Celesta"),
    _("Cello"), _("Cellos"), _("Clarinet"), _("Deep strings"), _("Double bass"), _("Dusty drums"),
    _("Electric piano"), _("Electric piano, chords"), _("Fiddle"), _("Fingered bass"), _("Flute"),
    _("Foot and tambourine"), _("French horn"), _("French horns"), _("Glass bells"), _("Harp"), _("Jazz guitar"),
    _("Light percussion"), _("Low percussion"), _("Low strings"), _("Music box"), _("Music box, low tines"),
    _("Muted pulse"), _("New age pad"), _("Noise"), _("Nylon guitar"), _("Nylon guitar, chords"), _("Oboe"),
    _("Piano"), _("Piano, bass"), _("Piano, left hand"), _("Pizzicato strings"), _("Saw lead"), _("Slow strings"),
    _("Soft bass"), _("Sparse keys"), _("Spiccato strings"), _("Square arpeggio"), _("Square lead"),
    _("Steel guitar"), _("Steel guitar, chords"), _("Strings"), _("Sub-bass"), _("Timpani and cymbals"),
    _("Tremolo strings"), _("Triangle bass"), _("Trombone"), _("Trumpet"), _("Vibraphone"), _("Violin"),
    _("Warm pad"), _("Xylophone"),
)  # fmt: skip
"""generator.styles and generator.arranging: who plays."""

ENDINGS = (
    _("ring"), _("loop"), _("fade"),
)  # fmt: skip
"""generator.request."""

FORMATS = (
    _("WAV, 16 bit, 44.1 kHz"), _("WAV, 16 bit, 48 kHz"), _("WAV, 24 bit, 44.1 kHz"), _("WAV, 24 bit, 48 kHz"),
    _("FLAC, 24 bit"), _("MP3, best variable rate"), _("MP3, 320 kbit/s"), _("Opus, 160 kbit/s"),
)  # fmt: skip
"""generator.rendering.formats."""

REFUSALS = (
    _("The file is no longer here. Upload it again."),
    _("There is nothing in it. Write what the video is about, or upload a file with words."),
    _("There are only emoji in it. Add a few words on what the video is about."),
    _("There is only a link in it, and links are not followed. Paste the words themselves, or upload the file."),
    _("There are no words in it. Write a few on what the video is about."),
    _("We read English, Korean and Chinese. Describe the video in one of them, or pick a mood."),
    _("The file is larger than {largest_mb} MB. Upload a smaller one."),
    _("The text is longer than {most} characters. Shorten it."),
    _("The file has more than {most} lines, shots or subtitles. Upload a shorter part of it."),
    _(
        "The file is a {found}, which cannot be read here. Upload words as .txt, .md, .docx, .srt, "
        ".vtt, .csv or .info.json, or a video as .mp4, .mov, .webm or .mkv."
    ),
    _("The file holds no text. Save the words as plain text and upload that."),
    _("The characters of the text could not be made out. Save it as UTF-8 and upload that."),
    _("The file breaks off before its end. Save or download it once more and upload it again."),
    _("The file could not be read. Save the words as plain text and upload that."),
    _("The document refers to things outside itself. Save it anew as .docx, or as plain text."),
    _("The file is an archive, but no Word document. Save the words as .docx or as plain text."),
    _("The document unpacks to more than {largest_mb} MB. Copy its words into a plain text file."),
    _("The document has more than {most} parts. Copy its words into a plain text file."),
    _("There are no subtitles in the file. Export the subtitles as .srt or .vtt again."),
    _("Most of its times end before they start. Correct the times, or upload the words without them."),
    _("It has a time after {hours} hours. Correct the times, or upload the words without them."),
    _("The file is no proper JSON. Make the .info.json again with yt-dlp --write-info-json."),
    _("The JSON is nested too deeply. Make the .info.json again with yt-dlp --write-info-json."),
    _(
        "The JSON has neither a title, a description nor chapters. Upload the .info.json that yt-dlp "
        "--write-info-json writes."
    ),
    _("Reading the file took longer than {seconds} seconds. Upload a shorter or simpler one."),
    _("Reading the file took too much memory. Upload a shorter or simpler one."),
    _("The file is no video that can be read here. Export the video as .mp4, .mov, .webm or .mkv."),
    _("The file is a list of other files, which are not opened. Upload the video itself."),
    _("There is no picture in the file. Upload the video, not only its sound."),
    _("The picture is stored as {codec}, which cannot be read here. Export the video as MP4 with H.264."),
    _("The video has no length. Export it again and upload that."),
    _("The video is longer than {minutes} minutes. Upload a part of it."),
    _(
        "The picture is {width} by {height}; at most {widest} by {widest_other} can be read. Export the "
        "video in a smaller size."
    ),
    _("The video breaks off after {seconds} of {announced} seconds. Export or upload it again."),
    _("The video could not be read. Export it as MP4 with H.264 and upload that."),
)  # fmt: skip
"""generator.brief.refusal: why what was handed in cannot be read."""

FOUND_IN_FILES = (
    _("PDF"), _("rich text (RTF) file"), _("document of Word 97 to 2003"), _("PNG picture"), _("JPEG picture"),
    _("GIF picture"), _("RIFF recording or picture"), _("MP3 recording"), _("Ogg recording"), _("MIDI file"),
    _("gzip archive"), _("7-Zip archive"), _("RAR archive"), _("video under another name"),
)  # fmt: skip
"""generator.brief.reading.contents: what a refused file is."""

OF_OTHERS = (
    _("Remember Me"),
    _("Your password can’t be too similar to your other personal information."),
    _("Your password can’t be a commonly used password."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        8,
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        8,
    ),
)
"""django-allauth and Django: words of their forms that they translate in another tone than ours, or not."""
