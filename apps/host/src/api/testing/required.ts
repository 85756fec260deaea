/** Every property that a type of the official client requires; the compiler sees to it that none is forgotten here. */
type RequiredOf<T> = Record<{ [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T], true>;
export const required = <T>(properties: RequiredOf<T>) => Object.keys(properties);
