import { Problem } from '../../../errors/problem.js';
import { nearNames } from '../../../errors/near.js';
import { readXml, type XmlHandler } from './xml-reader.js';

/** How often an element occurs: in all, and at most under one parent. */
interface Group {
  count: number;
  most: number;
  /** Whether it never holds an element or an attribute of its own. */
  leaf: boolean;
}

const MAX_PATHS = 20_000;
/** Where the records of an export of this service lie, also where they are all empty. */
const EXPORTED_RECORD = 'data/record';

/**
 * What elements an XML document has, by path (`ndm/oem/body`). It is read once for this: which element
 * repeats, and so is a record, is only known at the end.
 */
export class XmlOutline implements XmlHandler {
  private readonly groups = new Map<string, Group>();
  private readonly open_: { path: string; children: Map<string, number> | null }[] = [];

  static async of(file: string): Promise<XmlOutline> {
    const outline = new XmlOutline();
    await readXml(file, outline);
    return outline;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const parent = this.open_.at(-1);
    const path = parent === undefined ? name : `${parent.path}/${name}`;
    const group = this.groupAt(path);
    group.count++;
    if (parent !== undefined) {
      parent.children ??= new Map();
      const count = (parent.children.get(path) ?? 0) + 1;
      parent.children.set(path, count);
      if (count > group.most) group.most = count;
      this.groupAt(parent.path).leaf = false;
    } else group.most = 1;
    if (Object.keys(attributes).length > 0) group.leaf = false;
    this.open_.push({ path, children: null });
  }

  text(): void {
    // texts say nothing of the outline
  }

  close(): void {
    this.open_.pop();
  }

  /** Whether an element occurs more than once under one parent. */
  repeats(path: string): boolean {
    return (this.groups.get(path)?.most ?? 0) > 1;
  }

  /**
   * The path of the records: the given one, or the element that repeats most under one parent. Where
   * none repeats, the first element that holds nothing but texts is the only record.
   * @param wanted whole path or its end, with slashes or dots
   * @throws Problem `unreadable-file`
   */
  recordPath(wanted: string | undefined): string {
    const paths = [...this.groups.keys()];
    if (wanted !== undefined) {
      const path = wanted.replaceAll('.', '/').replace(/^\//, '');
      const found = paths.find((one) =>
        [one, one.replaceAll('.', '/')].some((p) => p === path || p.endsWith(`/${path}`)),
      );
      if (found !== undefined) return found;
      throw new Problem(
        'unreadable-file',
        `the XML document has no element at the path "${wanted}"`,
        {
          near: nearNames(path, paths.slice(0, 1000)),
        },
      );
    }
    if (this.isExport()) return EXPORTED_RECORD;
    const most = [...this.groups].reduce<[string, Group] | null>(
      (best, one) => (one[1].most > (best?.[1].most ?? 1) && !one[1].leaf ? one : best),
      null,
    );
    if (most !== null) return most[0];
    const single = paths.find((path) => this.holdsTextsOnly(path));
    if (single !== undefined) return single;
    throw new Problem(
      'unreadable-file',
      'no element of the XML document repeats; name the element of a record with `path`',
    );
  }

  private isExport(): boolean {
    return [...this.groups].every(
      ([path, { most }]) =>
        path === 'data' ||
        path === EXPORTED_RECORD ||
        path === `${EXPORTED_RECORD}/column` ||
        (path.startsWith(`${EXPORTED_RECORD}/`) && path.split('/').length === 3 && most === 1),
    );
  }

  private holdsTextsOnly(path: string): boolean {
    const inside = [...this.groups].filter(([other]) => other.startsWith(`${path}/`));
    return inside.length > 0 && inside.every(([, { leaf }]) => leaf);
  }

  private groupAt(path: string): Group {
    const known = this.groups.get(path);
    if (known !== undefined) return known;
    if (this.groups.size >= MAX_PATHS) {
      throw new Problem(
        'unreadable-file',
        `the XML document has more than ${String(MAX_PATHS)} different elements`,
      );
    }
    const group = { count: 0, most: 0, leaf: true };
    this.groups.set(path, group);
    return group;
  }
}
