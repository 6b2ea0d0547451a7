export interface Writer {
  id: string;
  name: string;
}

export const session = $state<{ writer: Writer | null }>({ writer: null });

export function forgetToken() {
  localStorage.removeItem('token');
}
