import type { TaxProblem } from '@anrok-nest/tax';
import type { Children } from '@kitajs/html';

export interface ProblemBoxProps {
  readonly problem: Pick<TaxProblem, 'code' | 'message' | 'remedy'>;
  /** The button that does what the remedy says, or leads there. */
  readonly children?: Children;
}

/** What is wrong, what to do about it, and the button for it. */
export function ProblemBox({ problem: { code, message, remedy }, children }: ProblemBoxProps) {
  return (
    <div class="problem" role="group" aria-label="Problem">
      <p class="what" safe>
        {message}
      </p>
      <p class="remedy" safe>
        {remedy}
      </p>
      <div class="row">
        {children}
        <code class="code" safe>
          {code}
        </code>
      </div>
    </div>
  );
}
