import type { Shown } from './alt-text.js';
import { drawnSpec } from './drawing/drawn-spec.js';
import { footLines, frame } from './frame.js';
import type { Look } from './picture.js';
import type { Layer, Plan } from './plan.js';
import { glyphsNoted } from './scripts.js';
import { fillScene, openScene, resetScene, type Filled, type Scene } from './scene.js';

/** A plan whose frame is laid out, and not filled yet. */
export interface Laid extends Shown {
  /** The specification of the frame. */
  readonly spec: Layer;
  readonly scene: Scene;
  /** As it was given: `measured` makes another one of it for another layout. */
  readonly given: Plan;
}

export async function layOut(shown: Shown): Promise<Laid> {
  return settled(await opened(shown, shown.plan));
}

/** The same with more room around the plot area; what was compiled for it serves again. */
export async function movedIn(laid: Laid, inset: NonNullable<Look['inset']>): Promise<Laid> {
  const look = { ...laid.look, inset };
  const spec = frame(look, laid.plan, laid.footer);
  const scene = await resetScene(laid.scene, drawnSpec(spec, laid.plan), look);
  return settled({ ...laid, look, spec, scene });
}

/** Fills the frame: with marks, rows, and its foot. */
export async function fill({ plan, scene, look, footer }: Laid): Promise<Filled> {
  const { signals, ...rest } = plan.fill(scene.layout);
  const footText = footLines(look, footer).join('');
  const filling = { ...rest, signals: { ...scene.layout.foot, footText, ...signals } };
  await fillScene(scene, filling);
  return filling;
}

async function opened(shown: Shown, drawn: Plan): Promise<Laid> {
  const plan = glyphsNoted(drawn, shown.look);
  const spec = frame(shown.look, plan, shown.footer);
  const scene = await openScene(drawnSpec(spec, plan), shown.look);
  return { ...shown, plan, spec, scene, given: shown.plan };
}

/** Some plans depend on the size of the plot area. */
async function settled(laid: Laid): Promise<Laid> {
  const { given, scene } = laid;
  if (given.measured === undefined) return laid;
  const plan = given.measured(scene.layout);
  scene.view.finalize();
  return { ...(await opened(laid, plan)), given };
}
