export type Vector = readonly [x: number, y: number, z: number];

export const lengthOf = ([x, y, z]: Vector): number => Math.sqrt(x * x + y * y + z * z);

/** Rotation about the z axis, as astronomers count it: the axes turn, not the vector. Radians. */
export function rotateZ([x, y, z]: Vector, angle: number): Vector {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return [cos * x + sin * y, cos * y - sin * x, z];
}

/** Rotation of the axes about the y axis. Radians. */
export function rotateY([x, y, z]: Vector, angle: number): Vector {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return [cos * x - sin * z, y, sin * x + cos * z];
}
