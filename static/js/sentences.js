// <fieldset data-sentences="#story" data-chosen="#field" hidden>: the sentences of the story as choices; the one that is tapped is put
// into the field. Without scripts one writes it there.
for (const place of document.querySelectorAll("[data-sentences]")) {
  const story = document.querySelector(place.dataset.sentences);
  const chosen = document.querySelector(place.dataset.chosen);
  const list = place.querySelector("div");

  const offer = () => {
    const segmenter = new Intl.Segmenter(document.documentElement.lang, { granularity: "sentence" });
    const sentences = [...segmenter.segment(story.value)].map(({ segment }) => segment.trim()).filter(Boolean);
    place.hidden = sentences.length < 2;
    list.replaceChildren(...sentences.map(choice));
  };

  const choice = (sentence, number) => {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    const words = document.createElement("span");
    label.className = "reader";
    radio.type = "radio";
    radio.name = "sentence";
    radio.id = `sentence-${number}`;
    radio.checked = chosen.value === sentence;
    radio.addEventListener("change", () => {
      chosen.value = sentence;
      chosen.dispatchEvent(new Event("input", { bubbles: true }));
    });
    words.textContent = sentence;
    label.append(radio, words);
    return label;
  };

  story.addEventListener("change", offer);
  offer();
}
