"""Tab from control to control through the page that is open, and what is wrong on the way."""

# Dates and times have fields of their own within, each of which Tab reaches.
BEGIN = """(() => {
  const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
  const isSeen = (one) => one.tabIndex >= 0 && !one.disabled && isShown(one);
  const isOfGroup = ({ type, checked, name }) =>
    type === 'radio' && !checked && document.querySelector(`[name="${name}"]:checked`);
  const nameOf = ({ localName, id, className, textContent }) =>
    `${localName}#${id}.${className} ${textContent.trim().slice(0, 40)}`;
  const bar = document.querySelector('.pages');
  const isBelow = bar && getComputedStyle(bar).position === 'fixed';
  const foot = () => (isBelow ? bar.getBoundingClientRect().top : innerHeight);
  const hasRing = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  const isWithin = (one) => {
    const { left, right, top, bottom, height } = one.getBoundingClientRect();
    const end = one.closest('.pages') ? innerHeight : foot();
    // Of what is higher than half of the window a part is enough, as of a log or a table.
    if (height > end / 2) return top < end && bottom > 0;
    const middle = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
    const there = document.elementFromPoint(middle, (top + bottom) / 2);
    const isOnTop = one.contains(there) || there?.contains(one) || there?.closest('label')?.control === one;
    return top >= -1 && bottom <= end + 1 && isOnTop;
  };
  const expected = [...document.querySelectorAll(CONTROLS)].filter((one) => isSeen(one) && !isOfGroup(one));
  const [seen, wrong] = [[], []];
  document.activeElement.blur();
  window.walk = {
    step() {
      const one = document.activeElement;
      if (one === document.body || (one === seen[0] && seen.length > 1)) return false;
      if (!hasRing(one)) wrong.push(`no ring: ${nameOf(one)}`);
      if (!isWithin(one)) wrong.push(`covered: ${nameOf(one)}`);
      if (one !== seen.at(-1)) seen.push(one);
      return true;
    },
    faults() {
      const missed = expected.filter((one) => one.isConnected && !seen.includes(one));
      const twice = seen.filter((one, place) => seen.indexOf(one) !== place);
      const named = (ones, fault) => ones.map((one) => `${fault}: ${nameOf(one)}`);
      return [...wrong, ...named(missed, 'not reached'), ...named(twice, 'twice')];
    },
  };
})()"""
MOST_STOPS = 200


def faults_of_tab(browser) -> list[str]:
    """What Tab misses, meets twice, or shows without a ring or beneath something else."""
    browser.evaluate(BEGIN)
    is_through = any(not walk_on(browser) for _ in range(MOST_STOPS))
    return browser.evaluate("walk.faults()") + ([] if is_through else ["it is a trap"])


def walk_on(browser) -> bool:
    """Whether Tab has led to another control of the page."""
    browser.press("Tab")
    return browser.evaluate("walk.step()")
