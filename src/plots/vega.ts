/**
 * The only door to Vega and Vega-Lite. Loading Vega loads the canvas package, which must find the
 * system fonts off; the order of these lines does that.
 */
import './system-fonts-off.js';

export * as vega from 'vega';
export { compile } from 'vega-lite';
