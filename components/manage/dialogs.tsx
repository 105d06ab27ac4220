/** The dialogs of the list: delete, audience and order of one dashboard, order of a category, homes. */
import { useId, useRef, useState } from 'react';
import { Alert, Button, Checkbox, Content, DataList, DataListAction, DataListCell, DataListItem, DataListItemCells, DataListItemRow, FormGroup, FormHelperText, HelperText, HelperTextItem, Stack, StackItem, TextInput } from '@patternfly/react-core';
import ArrowDownIcon from '@patternfly/react-icons/dist/esm/icons/arrow-down-icon';
import ArrowUpIcon from '@patternfly/react-icons/dist/esm/icons/arrow-up-icon';
import { audiences, type Audience } from '../../lib/contracts/dashboard';
import { dashboardKey } from '../../lib/contracts/links';
import type { ManagedDashboard, Management } from '../../lib/contracts/manage';
import { texts } from '../texts';
import { useManageActions } from './ManageContext';
import { ManageDialog } from './ManageDialog';
import { categoryName, inOrder } from './rows';
import { leadsTo, wayToAudience, wayToOrder } from './ways';

const words = texts.manageList.dialog;

export interface DialogProps {
  readonly dashboard: ManagedDashboard;
  readonly onClose: () => void;
}

/** @returns what closes the dialog when a change was tried: what became of it is told in the list */
function useClosing(onClose: () => void): (change: Promise<unknown>) => void {
  return (change) => void change.then(onClose);
}

export function DeleteDialog({ dashboard, onClose }: DialogProps) {
  const { changes } = useManageActions();
  const close = useClosing(onClose);
  const [typed, setTyped] = useState('');
  const id = useId();
  return (
    <ManageDialog testId="delete-dialog" title={words.delete.title(dashboard.title)} confirm={words.delete.confirm} isDanger isReady={typed === dashboard.name} isBusy={changes.isChanging} onConfirm={() => close(changes.remove(dashboard))} onClose={onClose}>
      <Stack hasGutter>
        <StackItem>
          <Content component="p">{words.delete.meaning}</Content>
        </StackItem>
        <StackItem>
          <FormGroup label={words.delete.label(dashboard.name)} fieldId={id}>
            <TextInput id={id} value={typed} onChange={(_event, value) => setTyped(value)} autoComplete="off" data-testid="delete-name" />
          </FormGroup>
        </StackItem>
      </Stack>
    </ManageDialog>
  );
}

const isOrder = (text: string): boolean => text === '' || (/^\d{1,6}$/.test(text));

export function ArrangeDialog({ dashboard, onClose }: DialogProps) {
  const { management, changes } = useManageActions();
  const close = useClosing(onClose);
  const [audience, setAudience] = useState<readonly Audience[]>(dashboard.audience);
  const [order, setOrder] = useState(dashboard.priority === undefined ? '' : String(dashboard.priority));
  const id = useId();
  const ofAudience = wayToAudience(dashboard, management);
  const ofOrder = wayToOrder(dashboard, management);
  const locksOut = !management.administrator && audience.length === 1 && audience[0] === 'admin';
  const priority = order === '' ? undefined : Number(order);
  // What was not touched stays as its source says, where it is the source that says it.
  const same = audience.length === dashboard.audience.length && audience.every((each) => dashboard.audience.includes(each));
  const save = (): void => close(changes.arrange(dashboard, { audience: same && dashboard.settings?.audience === undefined && leadsTo(ofAudience, 'settings') ? undefined : audience, priority: priority === dashboard.priority && dashboard.settings?.priority === undefined && leadsTo(ofOrder, 'settings') ? undefined : priority }));
  return (
    <ManageDialog testId="arrange-dialog" title={words.arrange.title(dashboard.title)} description={leadsTo(ofOrder, 'settings') ? words.arrange.inSettings : words.arrange.inResource} confirm={words.save} isReady={isOrder(order) && !locksOut} isBusy={changes.isChanging} onConfirm={save} onClose={onClose}>
      <Stack hasGutter>
        <StackItem>
          <FormGroup role="group" label={words.arrange.audience} fieldId={`${id}-audience`}>
            {audiences.map((each) => (
              <Checkbox
                key={each}
                id={`${id}-${each}`}
                label={texts.catalog.audiences[each]}
                isChecked={audience.includes(each)}
                isDisabled={'impossible' in ofAudience}
                onChange={(_event, isChecked) => setAudience(audiences.filter((other) => (other === each ? isChecked : audience.includes(other))))}
              />
            ))}
            <FormHelperText>
              <HelperText>
                <HelperTextItem variant={locksOut ? 'error' : 'default'}>{'impossible' in ofAudience ? ofAudience.impossible : locksOut ? words.arrange.locksOut : words.arrange.audienceHelp}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </StackItem>
        <StackItem>
          <FormGroup label={words.arrange.order} fieldId={`${id}-order`}>
            <TextInput id={`${id}-order`} value={order} inputMode="numeric" validated={isOrder(order) ? 'default' : 'error'} onChange={(_event, value) => setOrder(value.trim())} data-testid="arrange-order" />
            <FormHelperText>
              <HelperText>
                <HelperTextItem variant={isOrder(order) ? 'default' : 'error'}>{isOrder(order) ? words.arrange.orderHelp : words.arrange.orderWrong}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </StackItem>
        {(dashboard.settings?.audience ?? dashboard.settings?.priority) !== undefined && leadsTo(ofOrder, 'settings') && (
          <StackItem>
            <Button variant="link" isInline isDisabled={changes.isChanging} onClick={() => close(changes.arrange(dashboard, { audience: undefined, priority: undefined }))} data-testid="arrange-reset">
              {words.arrange.reset}
            </Button>
          </StackItem>
        )}
      </Stack>
    </ManageDialog>
  );
}

export function OrderDialog({ dashboard, onClose }: DialogProps) {
  const { management, changes } = useManageActions();
  const close = useClosing(onClose);
  const before = inOrder(management.dashboards, dashboard.category);
  const [order, setOrder] = useState<readonly ManagedDashboard[]>(before);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const category = categoryName(dashboard.category);

  function move(from: number, by: 1 | -1): void {
    const moved = order[from];
    if (moved === undefined) return;
    const others = order.filter((each) => each !== moved);
    const to = from + by;
    setOrder([...others.slice(0, to), moved, ...others.slice(to)]);
    setSaid(words.order.said(moved.title, to + 1, order.length));
    // The button that is used up at an end gives way to its neighbour.
    const next = to === 0 ? 'down' : to === order.length - 1 ? 'up' : by === 1 ? 'down' : 'up';
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLButtonElement>(`[data-move="${next}"]`)[to]?.focus());
  }

  return (
    <ManageDialog testId="order-dialog" title={words.order.title(category)} description={words.order.help} confirm={words.save} isReady={order.some((each, index) => each !== before[index])} isBusy={changes.isChanging} onConfirm={() => close(changes.reorder(category, order))} onClose={onClose}>
      <div ref={list}>
        <DataList aria-label={words.order.title(category)} isCompact>
          {order.map((each, index) => (
            <DataListItem key={dashboardKey(each)} aria-labelledby={`order-${index}`} data-testid="order-item" data-dashboard={each.name}>
              <DataListItemRow>
                <DataListItemCells
                  dataListCells={[
                    <DataListCell key="title">
                      <span id={`order-${index}`}>
                        {index + 1}. {each.title}
                      </span>
                    </DataListCell>,
                  ]}
                />
                <DataListAction id={`order-actions-${index}`} aria-labelledby={`order-${index}`} aria-label={words.order.moves}>
                  <Button variant="plain" icon={<ArrowUpIcon />} isDisabled={index === 0} aria-label={words.order.up(each.title)} data-move="up" onClick={() => move(index, -1)} />
                  <Button variant="plain" icon={<ArrowDownIcon />} isDisabled={index === order.length - 1} aria-label={words.order.down(each.title)} data-move="down" onClick={() => move(index, 1)} />
                </DataListAction>
              </DataListItemRow>
            </DataListItem>
          ))}
        </DataList>
      </div>
      <span className="pf-v6-screen-reader" aria-live="assertive">
        {said}
      </span>
    </ManageDialog>
  );
}

type KeptSettings = Extract<NonNullable<Management['settings']>, { readonly kept: true }>;

export function HomesDialog(props: DialogProps) {
  const { management } = useManageActions();
  return management.settings?.kept === true ? <Homes {...props} settings={management.settings} /> : null;
}

/** In the place of a group's name. */
const everyone = '';

function Homes({ dashboard, onClose, settings: { homes, fixedHomes, groups: known } }: DialogProps & { readonly settings: KeptSettings }) {
  const { changes } = useManageActions();
  const close = useClosing(onClose);
  const id = useId();
  const key = dashboardKey(dashboard);
  const homeOf = (group: string): string | undefined => (group === everyone ? homes.everyone : homes.groups[group]);
  const [added, setAdded] = useState<readonly string[]>([]);
  const [name, setName] = useState('');
  const groups = [everyone, ...new Set([...known, ...Object.keys(homes.groups), ...added])];
  const [chosen, setChosen] = useState<readonly string[]>(groups.filter((group) => homeOf(group) === key));
  const differing = groups.filter((group) => chosen.includes(group) !== (homeOf(group) === key));

  function save(): void {
    const wanted = (group: string): string | null => (chosen.includes(group) ? key : null);
    const ofGroups = differing.filter((group) => group !== everyone);
    close(
      changes.setHomes(dashboard, {
        ...(differing.includes(everyone) ? { everyone: wanted(everyone) } : {}),
        ...(ofGroups.length === 0 ? {} : { groups: Object.fromEntries(ofGroups.map((group) => [group, wanted(group)])) }),
      }),
    );
  }

  function add(): void {
    const group = name.trim();
    if (group === '') return;
    setAdded([...added, group]);
    setChosen([...chosen, group]);
    setName('');
  }

  return (
    <ManageDialog testId="homes-dialog" title={words.homes.title(dashboard.title)} description={words.homes.help} confirm={words.save} isReady={differing.length > 0} isBusy={changes.isChanging} onConfirm={save} onClose={onClose}>
      <Stack hasGutter>
        <StackItem>
          <FormGroup role="group" label={words.homes.label} fieldId={`${id}-groups`}>
            {groups.map((group) => {
              const fixed = Object.hasOwn(fixedHomes, group) ? fixedHomes[group] : undefined;
              const now = fixed ?? homeOf(group);
              return (
                <Checkbox
                  key={group}
                  id={`${id}-${group}`}
                  label={group === everyone ? words.homes.everyone : group}
                  isChecked={fixed === undefined ? chosen.includes(group) : fixed === key}
                  isDisabled={fixed !== undefined}
                  description={fixed !== undefined ? words.homes.fixed(fixed) : now === undefined || now === key ? undefined : words.homes.now(now)}
                  onChange={(_event, isChecked) => setChosen(isChecked ? [...chosen, group] : chosen.filter((other) => other !== group))}
                />
              );
            })}
          </FormGroup>
        </StackItem>
        <StackItem>
          <FormGroup label={words.homes.another} fieldId={`${id}-another`}>
            <TextInput
              id={`${id}-another`}
              value={name}
              onChange={(_event, value) => setName(value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                // Not yet the whole form.
                event.preventDefault();
                add();
              }}
            />
            <Button variant="link" isInline isDisabled={name.trim() === ''} onClick={add}>
              {words.homes.add}
            </Button>
          </FormGroup>
        </StackItem>
        {dashboard.state !== 'enabled' && (
          <StackItem>
            <Alert isInline isPlain variant="info" component="p" title={words.homes.disabled} />
          </StackItem>
        )}
      </Stack>
    </ManageDialog>
  );
}
