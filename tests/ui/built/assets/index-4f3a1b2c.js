document.getElementById("root").textContent = "drawn";
