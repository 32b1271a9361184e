import type { RecordFile } from './record-file.js';
import { columnNameOf, isNamed, isNil, isPlain, isTechnical, unitOf } from './xml-names.js';
import type { XmlOutline } from './xml-outline.js';
import type { XmlHandler } from './xml-reader.js';

/** A value of a record: a text, null, what lies in an element, or several of one name. */
type Value = string | null | Tree | Value[];
interface Tree {
  [name: string]: Value;
}

/** Key of the text of an element that has attributes or elements beside it. */
const TEXT = '#text';

interface Element {
  readonly path: string;
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
  readonly tree: Tree;
  text: string;
}

/**
 * Writes the records of an XML document as JSON. Elements in elements get dotted names, those that
 * repeat within a record become a list; a constant attribute `unit` is the unit of its column.
 */
export class XmlRecords implements XmlHandler {
  private readonly stack: Element[] = [];
  private path = '';
  /** Column -> its units. */
  private readonly units_ = new Map<string, Set<string>>();

  constructor(
    private readonly outline: XmlOutline,
    private readonly recordPath: string,
    private readonly output: RecordFile,
  ) {}

  open(tag: string, attributes: Readonly<Record<string, string>>, line: number): void {
    this.path = this.path === '' ? tag : `${this.path}/${tag}`;
    if (this.stack.length > 0 || this.path === this.recordPath) {
      this.stack.push({ path: this.path, tag, attributes, line, tree: {}, text: '' });
    }
  }

  text(text: string): void {
    const element = this.stack.at(-1);
    if (element !== undefined) element.text += text;
  }

  close(): void {
    this.path = this.path.slice(0, Math.max(0, this.path.lastIndexOf('/')));
    const element = this.stack.pop();
    if (element === undefined) return;
    const parent = this.stack.at(-1);
    if (parent === undefined) {
      this.output.add(JSON.stringify(flat(this.treeOf(element))), element.line);
      return;
    }
    const name = columnNameOf(element.tag, element.attributes);
    const value = this.valueOf(element, name);
    const known = Object.hasOwn(parent.tree, name) ? parent.tree[name] : undefined;
    if (Array.isArray(known)) known.push(value);
    else if (known !== undefined) parent.tree[name] = [known, value];
    else
      set(
        parent.tree,
        name,
        this.outline.repeats(element.path) && !isNamed(element.attributes) ? [value] : value,
      );
  }

  pause(): Promise<void> {
    return this.output.drained();
  }

  /** Units of columns, where all records agree. */
  get units(): ReadonlyMap<string, string> {
    const agreed = [...this.units_].filter(([, units]) => units.size === 1);
    return new Map(agreed.map(([name, units]) => [name, [...units][0] ?? '']));
  }

  /** Columns whose unit differs between records. */
  get mixedUnits(): string[] {
    return [...this.units_].filter(([, units]) => units.size > 1).map(([name]) => name);
  }

  private valueOf(element: Element, name: string): Value {
    const { attributes, tree, text } = element;
    if (isNil(attributes)) return null;
    if (Object.keys(tree).length > 0 || !isPlain(attributes)) return this.treeOf(element);
    const unit = unitOf(attributes);
    if (unit !== undefined) {
      const column = [...this.stack.slice(1).map(({ tag }) => tag), name].join('.');
      const units = this.units_.get(column) ?? new Set();
      if (units.size < 2) this.units_.set(column, units.add(unit));
    }
    return text;
  }

  /** Attributes, then elements, then a text of its own. */
  private treeOf({ attributes, tree, text }: Element): Tree {
    const whole: Tree = {};
    for (const [name, value] of Object.entries(attributes)) {
      if (!isTechnical(name)) set(whole, name, value);
    }
    for (const [name, value] of Object.entries(tree)) {
      const clash = Object.hasOwn(whole, name);
      set(whole, clash ? `${name}_2` : name, value);
    }
    if (text.trim() !== '') set(whole, TEXT, text);
    return whole;
  }
}

/** Sets a key whatever it is called; `__proto__` too. */
function set(tree: Tree, name: string, value: Value): void {
  Object.defineProperty(tree, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** Trees in trees as dotted names. */
function flat(tree: Tree, prefix = '', into: Tree = {}): Tree {
  for (const [name, value] of Object.entries(tree)) {
    const full = name === TEXT && prefix !== '' ? prefix.slice(0, -1) : prefix + name;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      flat(value, `${full}.`, into);
    } else set(into, full, value);
  }
  return into;
}
