import { Component, type ReactNode } from 'react';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** What stands there instead. @param retry - shows the children again */
  readonly fallback: (retry: () => void) => ReactNode;
}

/** Keeps what throws from taking the whole page along, and with it the only copy of a key. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override readonly state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    const retry = (): void => this.setState({ failed: false });
    return this.state.failed ? this.props.fallback(retry) : this.props.children;
  }
}
