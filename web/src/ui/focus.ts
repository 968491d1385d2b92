/** Puts the focus on something about to appear; gives up after a second. */
export function focusSoon(selector: string): void {
  let tries = 0;
  const look = () => {
    const found = document.querySelector<HTMLElement>(selector);
    if (found) found.focus();
    else if ((tries += 1) < 20) setTimeout(look, 50);
  };
  setTimeout(look, 50);
}
