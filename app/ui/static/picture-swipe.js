// A finger that moves sideways over a place; one that zooms, scrolls or moves a slider does something else.

const FARTHEST = 50;

export function followFinger(selector, { left, right }) {
  let began = null;

  function touch({ touches, target }) {
    const isOne = touches.length === 1 && visualViewport.scale <= 1.01 && target.closest(selector) && !target.closest("input");
    began = isOne ? { x: touches[0].clientX, y: touches[0].clientY } : null;
  }

  function lift({ changedTouches: [last] }) {
    if (!began) return;
    const [x, y] = [last.clientX - began.x, last.clientY - began.y];
    began = null;
    if (Math.abs(x) >= FARTHEST && Math.abs(y) <= Math.abs(x) / 2) (x < 0 ? left : right)();
  }

  document.addEventListener("touchstart", touch, { passive: true });
  document.addEventListener("touchend", lift, { passive: true });
}
