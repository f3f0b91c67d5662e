/** The login form: sends the password, and opens the page with the cookie that the server returns. */
const form = document.getElementById("login");
const password = document.getElementById("password");
const wrong = document.getElementById("wrong");
const button = form.querySelector("button");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  wrong.textContent = "";
  const problem = await logIn(password.value);
  button.disabled = false;
  if (problem === undefined) {
    location.replace("/");
    return;
  }
  wrong.textContent = problem;
  password.select();
});

/** Returns a sentence for the user if the login fails. */
async function logIn(text) {
  try {
    const answer = await fetch("/api/login", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ password: text }),
    });
    if (answer.ok) return undefined;
    return (await answer.json()).error ?? "The login failed.";
  } catch {
    return "The server cannot be reached. Check your network, then try again.";
  }
}
