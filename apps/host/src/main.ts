export const name = 'anrok-nest';
