// Which pictures of a filter are chosen: some of them, or all of them but for exceptions.

export class Selection {
  constructor() {
    this.clear();
  }

  clear() {
    Object.assign(this, { isAll: false, paths: new Set() });
  }

  all() {
    Object.assign(this, { isAll: true, paths: new Set() });
  }

  has(path) {
    return this.isAll !== this.paths.has(path);
  }

  put(path, isChosen) {
    if (isChosen === this.isAll) this.paths.delete(path);
    else this.paths.add(path);
  }

  toggle(path) {
    this.put(path, !this.has(path));
  }

  count(total) {
    return this.isAll ? total - this.paths.size : this.paths.size;
  }

  // What can be kept as text, and made this selection again.
  kept() {
    return { isAll: this.isAll, paths: [...this.paths] };
  }

  restore({ isAll, paths }) {
    Object.assign(this, { isAll, paths: new Set(paths) });
  }

  // The names of a bulk edit; the filter is the query by which the wall is listed.
  names(query) {
    if (!this.isAll) return { paths: [...this.paths] };
    const { sort, order, ...filter } = Object.fromEntries(new URLSearchParams(query));
    return { filter, excepted: [...this.paths] };
  }
}
