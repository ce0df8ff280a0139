/** The same function, computing each value once. What it knows it keeps: for few arguments, told apart by how they read. */
export function remember<Given extends unknown[], Value>(
  compute: (...given: Given) => Value,
): (...given: Given) => Value {
  const known = new Map<string, Value>();
  return (...given) => {
    const key = given.join('/');
    const value = known.get(key) ?? compute(...given);
    known.set(key, value);
    return value;
  };
}
