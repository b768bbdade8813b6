// For browsers that do not know modules: says so in a sentence.
for (var parts = document.querySelectorAll("[data-reason]"), index = 0; index < parts.length; ++index)
  parts[index].hidden = parts[index].getAttribute("data-reason") !== "old";
